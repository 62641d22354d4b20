// The same for the Tab widget, which comes with the controls, when a page has any.
export * from "./lumino.js";
export { TabBar } from "@lumino/widgets/src/tabbar.ts";
