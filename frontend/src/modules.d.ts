declare module "anywidget" {
  import type * as base from "@jupyter-widgets/base";
  export default function (widgets: typeof base): {
    AnyModel: typeof base.DOMWidgetModel;
    AnyView: typeof base.DOMWidgetView;
  };
}
declare module "*.css" {
  const text: string;
  export default text;
}
