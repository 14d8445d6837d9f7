/** What the compiler is told. */
declare const TILE_ROWS: i32;
