/* field.c - form fields with their label, hint and problem.
 * SPDX-License-Identifier: AGPL-3.0-or-later
 */
#include "html/field.h"

#include <math.h>

static struct str part_id(struct html *h, const struct field *f, const char *part)
{
    return str_fmt(h->a, "%.*s-%s", STR_ARG(f->name), part);
}

/* name, aria-describedby, aria-invalid, required: the same for every kind of control. */
static void control_attrs(struct html *h, const struct field *f)
{
    html_attr(h, "name", f->name);
    if (f->hint.n || f->problem.n)
        html_attr(h, "aria-describedby",
                  str_fmt(h->a, "%s%s%s", f->hint.n ? part_id(h, f, "hint").p : "",
                          f->hint.n && f->problem.n ? " " : "", f->problem.n ? part_id(h, f, "problem").p : ""));
    if (f->problem.n)
        html_attr(h, "aria-invalid", STR("true"));
    html_flag(h, "required", f->is_required);
    if (f->autocomplete)
        html_attr(h, "autocomplete", str_from(f->autocomplete));
    if (f->inputmode)
        html_attr(h, "inputmode", str_from(f->inputmode));
}

static void hint_and_problem(struct html *h, const struct field *f)
{
    if (f->hint.n) {
        html_lit(h, "<small class=\"hint\"");
        html_attr(h, "id", part_id(h, f, "hint"));
        html_lit(h, ">");
        html_text(h, f->hint);
        html_lit(h, "</small>\n");
    }
    if (f->problem.n) {
        html_lit(h, "<small class=\"problem\"");
        html_attr(h, "id", part_id(h, f, "problem"));
        html_lit(h, ">");
        html_text(h, f->problem);
        html_lit(h, "</small>\n");
    }
}

static void label_for(struct html *h, const struct field *f)
{
    html_lit(h, "<label");
    html_attr(h, "for", f->name);
    html_lit(h, ">");
    html_text(h, f->label);
    html_lit(h, "</label>\n");
}

void field_text(struct html *h, const char *type, const struct field *f)
{
    html_lit(h, "<div class=\"field\">\n");
    label_for(h, f);
    html_lit(h, "<input");
    html_attr(h, "type", str_from(type));
    html_attr(h, "id", f->name);
    control_attrs(h, f);
    html_attr(h, "value", f->value);
    html_lit(h, ">\n");
    hint_and_problem(h, f);
    html_lit(h, "</div>\n");
}

void field_number(struct html *h, const struct field *f, double min, double max, struct str unit)
{
    html_lit(h, "<div class=\"field field-number\">\n");
    label_for(h, f);
    html_lit(h, "<span class=\"with-unit\"><input type=\"number\" step=\"any\"");
    html_attr(h, "id", f->name);
    control_attrs(h, f);
    if (!isnan(min))
        html_attr(h, "min", str_fmt(h->a, "%g", min));
    if (!isnan(max))
        html_attr(h, "max", str_fmt(h->a, "%g", max));
    html_attr(h, "value", f->value);
    html_lit(h, ">");
    if (unit.n)
        html_el(h, "span", "unit", unit);
    html_lit(h, "</span>\n");
    hint_and_problem(h, f);
    html_lit(h, "</div>\n");
}

void field_check(struct html *h, const struct field *f, bool is_on)
{
    html_lit(h, "<div class=\"field field-check\">\n<label><input type=\"checkbox\" value=\"yes\"");
    html_attr(h, "id", f->name);
    control_attrs(h, f);
    html_flag(h, "checked", is_on);
    html_lit(h, "> <span>");
    html_text(h, f->label);
    html_lit(h, "</span></label>\n");
    hint_and_problem(h, f);
    html_lit(h, "</div>\n");
}

static void fieldset_begin(struct html *h, const char *cls, const struct field *f)
{
    html_lit(h, "<fieldset");
    html_attr(h, "class", str_fmt(h->a, "field %s", cls ? cls : ""));
    html_attr(h, "id", f->name);
    if (f->problem.n || f->hint.n)
        html_attr(h, "aria-describedby", part_id(h, f, f->problem.n ? "problem" : "hint"));
    html_lit(h, ">\n<legend>");
    html_text(h, f->label);
    html_lit(h, "</legend>\n");
    hint_and_problem(h, f);
}

static void radio(struct html *h, const struct field *f, struct str value, bool is_first)
{
    html_lit(h, "<input type=\"radio\"");
    html_attr(h, "name", f->name);
    html_attr(h, "value", value);
    html_flag(h, "checked", str_eq(f->value, value));
    html_flag(h, "required", f->is_required && is_first);
    html_lit(h, "> ");
}

void field_radios(struct html *h, const char *cls, const struct field *f, const struct choice *c, size_t n)
{
    fieldset_begin(h, cls ? cls : "radios", f);
    html_lit(h, "<div class=\"choices\">\n");
    for (size_t i = 0; i < n; i++) {
        html_lit(h, "<label class=\"choice\">");
        radio(h, f, c[i].value, i == 0);
        html_el(h, "span", NULL, c[i].label);
        if (c[i].hint.n)
            html_el(h, "small", "hint", c[i].hint);
        html_lit(h, "</label>\n");
    }
    html_lit(h, "</div>\n</fieldset>\n");
}

void field_select(struct html *h, const struct field *f, const struct choice *c, size_t n)
{
    html_lit(h, "<div class=\"field\">\n");
    label_for(h, f);
    html_lit(h, "<select");
    html_attr(h, "id", f->name);
    control_attrs(h, f);
    html_lit(h, ">\n");
    for (size_t i = 0; i < n; i++) {
        html_lit(h, "<option");
        html_attr(h, "value", c[i].value);
        html_flag(h, "selected", str_eq(f->value, c[i].value));
        html_lit(h, ">");
        html_text(h, c[i].label);
        html_lit(h, "</option>\n");
    }
    html_lit(h, "</select>\n");
    hint_and_problem(h, f);
    html_lit(h, "</div>\n");
}

void field_scale(struct html *h, const struct field *f, int min, int max, struct str low, struct str high)
{
    fieldset_begin(h, "scale", f);
    html_lit(h, "<div class=\"steps\">\n");
    for (int i = min; i <= max; i++) {
        struct str value = str_fmt(h->a, "%d", i);
        html_lit(h, "<label>");
        radio(h, f, value, i == min);
        html_el(h, "span", NULL, value);
        html_lit(h, "</label>\n");
    }
    html_lit(h, "</div>\n<div class=\"ends\">");
    html_el(h, "span", NULL, low);
    html_el(h, "span", NULL, high);
    html_lit(h, "</div>\n</fieldset>\n");
}

void field_hidden(struct html *h, struct str name, struct str value)
{
    html_lit(h, "<input type=\"hidden\"");
    html_attr(h, "name", name);
    html_attr(h, "value", value);
    html_lit(h, ">\n");
}

void field_summary(struct html *h, struct str heading, const struct problem *p, size_t n)
{
    if (n == 0)
        return;
    html_lit(h, "<div class=\"notice danger\" role=\"alert\" tabindex=\"-1\" id=\"problems\">\n");
    html_el(h, "h2", NULL, heading);
    html_lit(h, "<ul>\n");
    for (size_t i = 0; i < n; i++) {
        html_lit(h, "<li><a");
        html_href(h, str_fmt(h->a, "#%.*s", STR_ARG(p[i].name)));
        html_lit(h, ">");
        html_text(h, p[i].label.n ? p[i].label : p[i].say);
        html_lit(h, "</a> ");
        html_text(h, p[i].label.n ? p[i].say : STR(""));
        html_lit(h, "</li>\n");
    }
    html_lit(h, "</ul>\n</div>\n");
}

void notice(struct html *h, const char *kind, struct str title, struct str text)
{
    html_lit(h, "<div");
    html_attr(h, "class", str_fmt(h->a, "notice %s", kind));
    html_lit(h, ">\n");
    if (title.n)
        html_el(h, "p", "notice-title", title);
    html_paras(h, NULL, text);
    html_lit(h, "</div>\n");
}
