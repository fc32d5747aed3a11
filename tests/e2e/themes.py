"""Teams' looks, as far as a card's renderer asks for them: sizes and spaces once, colours for each of its three themes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FONT = "'Segoe UI', 'Open Sans', 'Noto Sans', sans-serif"


@dataclass(frozen=True)
class Theme:
    """One look. `grounds` are the colours behind the container styles."""

    page: str
    card: str
    edge: str
    text: str
    subtle: str
    button: str
    field: str
    link: str
    primary: str
    primary_text: str
    grounds: dict[str, str]


LIGHT = Theme(
    page="#f5f5f5",
    card="#ffffff",
    edge="#d1d1d1",
    text="#242424",
    subtle="#616161",
    button="#ffffff",
    field="#ffffff",
    link="#5b5fc7",
    primary="#5b5fc7",
    primary_text="#ffffff",
    grounds={
        "emphasis": "#f5f5f5",
        "accent": "#e8ebfa",
        "good": "#e7f2da",
        "attention": "#fcf4f6",
        "warning": "#fbf6d9",
    },
)
DARK = Theme(
    page="#1f1f1f",
    card="#292929",
    edge="#616161",
    text="#ffffff",
    subtle="#adadad",
    button="#292929",
    field="#1f1f1f",
    link="#9299f7",
    primary="#7f85f5",
    primary_text="#1f1f1f",
    grounds={
        "emphasis": "#1f1f1f",
        "accent": "#2f2f4a",
        "good": "#0d2e0d",
        "attention": "#3e1f25",
        "warning": "#463100",
    },
)
CONTRAST = Theme(
    page="#000000",
    card="#000000",
    edge="#ffffff",
    text="#ffffff",
    subtle="#ffffff",
    button="#000000",
    field="#000000",
    link="#ffff01",
    primary="#00ebff",
    primary_text="#000000",
    grounds=dict.fromkeys(("emphasis", "accent", "good", "attention", "warning"), "#000000"),
)
THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}


def host_config(theme: Theme) -> dict[str, Any]:
    """Return the configuration that Teams gives the renderer for this theme."""
    colours = {"default": theme.text, "subtle": theme.subtle}
    palette = dict.fromkeys(("default", "dark", "light", "accent", "good", "warning", "attention"), colours)
    style = {"foregroundColors": palette}
    return {
        "fontFamily": FONT,
        "supportsInteractivity": True,
        "spacing": {"small": 8, "default": 12, "medium": 16, "large": 20, "extraLarge": 24, "padding": 16},
        "separator": {"lineThickness": 1, "lineColor": theme.edge},
        "fontSizes": {"small": 12, "default": 14, "medium": 14, "large": 18, "extraLarge": 24},
        "fontWeights": {"lighter": 200, "default": 400, "bolder": 600},
        "lineHeights": {"small": 16, "default": 20, "medium": 20, "large": 24, "extraLarge": 32},
        "containerStyles": {
            "default": {"backgroundColor": theme.card, **style},
            **{name: {"backgroundColor": ground, **style} for name, ground in theme.grounds.items()},
        },
        "actions": {
            "maxActions": 6,
            "spacing": "default",
            "buttonSpacing": 8,
            "showCard": {"actionMode": "inline", "inlineTopMargin": 16},
            "actionsOrientation": "horizontal",
            "actionAlignment": "left",
        },
        "factSet": {
            "title": {
                "color": "default",
                "size": "default",
                "isSubtle": False,
                "weight": "bolder",
                "wrap": True,
                "maxWidth": 150,
            },
            "value": {"color": "default", "size": "default", "isSubtle": False, "weight": "default", "wrap": True},
            "spacing": 16,
        },
        "inputs": {
            "label": {"inputSpacing": "small", "requiredInputs": {"suffix": " *"}},
            "errorMessage": {"color": "attention"},
        },
    }


def style_of(theme: Theme) -> str:
    """Return the style sheet that stands in for Teams' own around the card."""
    return f"""
    * {{ box-sizing: border-box }}
    body {{ margin: 0; padding: 16px; background: {theme.page}; font: 14px/20px {FONT}; color: {theme.text} }}
    main {{ display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start }}
    figure {{ margin: 0; width: 320px }}
    figcaption {{ font-size: 12px; color: {theme.subtle}; padding: 2px 0 }}
    .ac-adaptiveCard {{ border: 1px solid {theme.edge}; border-radius: 4px; overflow: visible }}
    .ac-pushButton {{ font: 600 14px/20px {FONT}; padding: 5px 12px; border: 1px solid {theme.edge}; border-radius: 4px;
        background: {theme.button}; color: {theme.text}; max-width: 100%; text-align: center }}
    .ac-actionSet {{ flex-wrap: wrap !important; row-gap: 8px; overflow: visible !important }}
    .ac-pushButton.style-positive {{ background: {theme.primary}; color: {theme.primary_text}; border-color: {theme.primary} }}
    .ac-input {{ width: 100%; font: 14px/20px {FONT}; padding: 5px 8px; border: 1px solid {theme.edge}; border-radius: 4px;
        background: {theme.field}; color: {theme.text} }}
    textarea.ac-input {{ min-height: 72px }}
    input[type=checkbox], input[type=radio] {{ width: auto }}
    .ac-container {{ border-radius: 4px }}
    .high .ac-container {{ border: 1px solid {theme.edge} }}
    a {{ color: {theme.link} }}
    p {{ margin: 0 }} ul {{ margin: 0; padding-left: 20px }} p + p, p + ul {{ margin-top: 8px }}
    """
