"""Setting the forms of django-allauth like all others."""

from django import forms, template

register = template.Library()


@register.filter
def unprompted(form: forms.BaseForm) -> forms.BaseForm:
    """The form without the pale words in its fields, which repeat the labels above them.

    And without Django's list of rules for passwords: the page says them in one sentence.
    """
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name == "password1":
            field.help_text = ""
    return form
