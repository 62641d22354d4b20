// What the official packages use of Lumino's widgets, from its own sources: its one built file
// brings docks, menus and splitters along, half of what a page would load.
export { Panel } from "@lumino/widgets/src/panel.ts";
export { PanelLayout } from "@lumino/widgets/src/panellayout.ts";
export { Widget } from "@lumino/widgets/src/widget.ts";
