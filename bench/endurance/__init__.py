"""What must hold when everything happens at once: `python -m bench.endurance`.

Readers ask at a constant rate, whether or not answers come; meanwhile a file with thousands of
measures is imported again and again, a round asks for news, contacts answer by their links and
the officer takes the answers over. Nothing may be lost and nobody be answered with an error.
"""
