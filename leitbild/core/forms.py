"""How forms are set: label, help, error and field as one component."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders every field of every form by the component `field`."""

    field_template_name = "core/components/field.html"
