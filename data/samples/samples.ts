/** A photograph that comes with the site, and whom to thank for it. */
export interface Sample {
  readonly id: string;
  readonly title: string;
  /** Name of the JPEG in `data/samples`. */
  readonly file: string;
  readonly author: string;
  readonly licence: string;
  /** The package that the photograph was taken from. */
  readonly source: string;
  /** Where the author published it. */
  readonly url: string;
}

const GCOMPRIS = "Debian package gcompris-qt-data 3.1-2";
const SCIKIT_IMAGE = "Debian package python3-skimage 0.19.3-8";

/**
 * The sample photographs, the one that is segmented on open first. All are in the public domain or CC0 by what their
 * package says of each file: GCompris in the README beside the pictures, scikit-image in the documentation of
 * `skimage.data`. Only size and compression were changed.
 */
export const SAMPLES: readonly Sample[] = [
  {
    id: "dog",
    title: "German shepherd",
    file: "dog.jpg",
    author: "Hans Kemperman",
    licence: "Public domain",
    source: GCOMPRIS,
    url: "https://commons.wikimedia.org/wiki/File:German-shepherd-4040871920._(2).jpg"
  },
  {
    id: "cat",
    title: "Kitten with a ball of wool",
    file: "cat.jpg",
    author: "Loliloli",
    licence: "Public domain",
    source: GCOMPRIS,
    url: "https://commons.wikimedia.org/wiki/File:Spielendes_K%C3%A4tzchen.JPG"
  },
  {
    id: "musicians",
    title: "Mariachi musicians",
    file: "musicians.jpg",
    author: "Elidealista",
    licence: "CC0 1.0",
    source: GCOMPRIS,
    url: "https://commons.wikimedia.org/wiki/File:Wikipedia_10_Guadalajara_-_Mariachi.jpg"
  },
  {
    id: "cows",
    title: "Cows on a meadow",
    file: "cows.jpg",
    author: "Dohduhdah",
    licence: "Public domain",
    source: GCOMPRIS,
    url: "https://commons.wikimedia.org/wiki/File:Cow-IMG_2050.JPG"
  },
  {
    id: "horses",
    title: "Nokota horses",
    file: "horses.jpg",
    author: "Seth Zeigler",
    licence: "CC0 1.0",
    source: GCOMPRIS,
    url: "https://commons.wikimedia.org/wiki/File:Nokota_Horse_Stud_Band.jpg"
  },
  {
    id: "astronaut",
    title: "Astronaut Eileen Collins",
    file: "astronaut.jpg",
    author: "NASA",
    licence: "Public domain",
    source: SCIKIT_IMAGE,
    url: "https://flic.kr/p/r9qvLn"
  }
];
