/** Where the built pages are. A folder that is not there is not built: its paths then say so. */
export interface PageFolders {
  /** The terminal: `index.html` and `assets/`, whose names are made from their content. */
  readonly terminalFolder: string;
  /** The widget's script: `index.js` and its source map. */
  readonly widgetFolder: string;
}
