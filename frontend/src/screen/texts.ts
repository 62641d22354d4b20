/** What the Screen itself says; everything else comes drawn from the server. */

export interface Texts {
  saving: string;
  lifted: (name: string) => string;
  moved: (name: string, place: number, of: number) => string;
  dropped: (name: string, place: number) => string;
  returned: (name: string, place: number) => string;
  rows: (count: number) => string;
  left: (minutes: number) => string;
}

const ZH: Texts = {
  saving: "还在保存，你可以接着做。",
  lifted: (name) => `拿起「${name}」，用上下键移动，空格放下，Esc 放回原处`,
  moved: (name, place, of) => `${name}，第 ${place} 位，共 ${of} 位`,
  dropped: (name, place) => `${name}，放在第 ${place} 位`,
  returned: (name, place) => `${name}，回到第 ${place} 位`,
  rows: (count) => `${count} 行`,
  left: (minutes) => `还剩 ${minutes} 分钟`,
};

const EN: Texts = {
  saving: "Still saving; you can go on.",
  lifted: (name) => `Lifted “${name}”. Arrows move it, Space drops it, Escape puts it back`,
  moved: (name, place, of) => `${name}, ${place} of ${of}`,
  dropped: (name, place) => `${name}, dropped at ${place}`,
  returned: (name, place) => `${name}, back at ${place}`,
  rows: (count) => (count === 1 ? "1 row" : `${count} rows`),
  left: (minutes) => (minutes === 1 ? "1 minute left" : `${minutes} minutes left`),
};

export function textsOf(language: string): Texts {
  return language.startsWith("zh") ? ZH : EN;
}
