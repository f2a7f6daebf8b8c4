"""Carrying the layers (optional content) of sources into a bundle.

A layer that is off in its own document stays off in the bundle; without this every hidden
layer would be shown. Layers that no copied page uses stay behind. Touches pypdf objects in
memory only. Not covered: layers that differ between screen and print.
"""

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NumberObject

from pipeline.edges.pdf.copying import Copier, name
from pipeline.edges.pdf.source import Source, as_array, as_dict, name_of

_NUMBER_KEY = "/StkLaag"


def add_layers(writer: PdfWriter, source: Source, copier: Copier) -> None:
    """Add the layers that the copied pages of a source use, each with its state."""
    properties = as_dict(source.root.get("/OCProperties"))
    groups = [(raw, copier.copied(raw)) for raw in list(as_array(properties.get("/OCGs")))]
    for raw, copy in groups:
        if copy is not None:
            _add_layer(writer, copy, hidden=_is_hidden(raw, as_dict(properties.get("/D"))))


def _is_hidden(group: IndirectObject, defaults: DictionaryObject) -> bool:
    if name_of(defaults.get("/BaseState")) == "/OFF":
        return not _lists(defaults.get("/ON"), group)
    return _lists(defaults.get("/OFF"), group)


def _lists(array: object, group: IndirectObject) -> bool:
    raws = list(as_array(array))
    return any(isinstance(raw, IndirectObject) and raw.idnum == group.idnum for raw in raws)


def _add_layer(writer: PdfWriter, group: IndirectObject, *, hidden: bool) -> None:
    """List one layer; its number keeps equal layers of two documents two layers."""
    properties = _properties(writer)
    layers, defaults = as_array(properties.get("/OCGs")), as_dict(properties.get("/D"))
    as_dict(group)[name(_NUMBER_KEY)] = NumberObject(len(layers))
    layers.append(group)
    if hidden:
        as_array(defaults.get("/OFF")).append(group)


def _properties(writer: PdfWriter) -> DictionaryObject:
    if "/OCProperties" not in writer.root_object:
        defaults = DictionaryObject({name("/OFF"): ArrayObject()})
        writer.root_object[name("/OCProperties")] = DictionaryObject(
            {name("/OCGs"): ArrayObject(), name("/D"): defaults}
        )
    return as_dict(writer.root_object.get("/OCProperties"))
