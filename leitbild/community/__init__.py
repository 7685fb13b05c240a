"""Who follows the plan without working for it."""
