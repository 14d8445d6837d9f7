import {median, rollup, sum} from "d3-array";
import {columns} from "../columns.js";

/** Something that a run does, and the milliseconds that it took each time. */
export interface TimedPart {
  readonly kind: string;
  readonly multiplyAdds: number;
  /** Read and written, weights too. */
  readonly bytes: number;
  readonly ms: number[];
}

export interface ProfileSetting {
  readonly model: string;
  readonly size: number;
  readonly outputStride: number;
  /** Whether kernels and ceiling are those with relaxed SIMD. */
  readonly isRelaxed: boolean;
  /** How many threads computed, one number a profile. */
  readonly threads: readonly number[];
  /** Billions of multiplications and additions a second that so many threads can come to here. */
  readonly ceilings: readonly number[];
}

/** All parts of a kind, in one number of threads. */
interface OfKind {
  /** The sum of the parts' medians. */
  readonly ms: number;
  /** Of the whole run's time, 0-1. */
  readonly share: number;
  readonly gigaflops: number;
  /** Of the ceiling, 0-1. */
  readonly ofCeiling: number;
  /** Billions of bytes a second. */
  readonly gigabytes: number;
}

export interface ProfileLine {
  readonly kind: string;
  readonly parts: number;
  /** All that there are by definition, those of zeros too, which our kernels leave out in part. */
  readonly multiplyAdds: number;
  readonly bytes: number;
  /** One for each number of threads. */
  readonly in: readonly OfKind[];
}

export interface ProfileRow extends ProfileSetting {
  readonly kind: "profile";
  /** What takes longest first; all together last. */
  readonly lines: readonly ProfileLine[];
}

/** @param profiles the same parts in each number of threads */
export function profileRow(setting: ProfileSetting, profiles: readonly (readonly TimedPart[])[]): ProfileRow {
  const times = (parts: readonly TimedPart[]) => sum(parts, ({ms}) => median(ms)!);
  const wholes = profiles.map(times);
  const line = (kind: string, of: readonly (readonly TimedPart[])[]): ProfileLine => {
    const multiplyAdds = sum(of[0]!, (part) => part.multiplyAdds);
    const bytes = sum(of[0]!, (part) => part.bytes);
    return {
      ...{kind, parts: of[0]!.length, multiplyAdds, bytes},
      in: of.map((parts, index) => {
        const ms = times(parts);
        const gigaflops = (2 * multiplyAdds) / ms / 1e6;
        return {ms, share: ms / wholes[index]!, gigaflops, ofCeiling: gigaflops / setting.ceilings[index]!, gigabytes: bytes / ms / 1e6};
      })
    };
  };
  const byKind = profiles.map((parts) =>
    rollup(
      parts,
      (group) => group,
      ({kind}) => kind
    )
  );
  const kinds = [...byKind[0]!.keys()].map((kind) =>
    line(
      kind,
      byKind.map((groups) => groups.get(kind)!)
    )
  );
  return {
    kind: "profile",
    ...setting,
    lines: [...kinds.sort((a, b) => b.in[0]!.ms - a.in[0]!.ms), line("all", profiles)]
  };
}

export function profileTable({model, size, outputStride, isRelaxed, threads, ceilings, lines}: ProfileRow): string {
  const heads = threads.flatMap((count) => [`ms in ${count}`, "share, %", "GFLOP/s", "of ceiling, %", "GB/s"]);
  const head = ["", "how many", "million multiply-adds", "MB moved", ...heads, "first / last"];
  const cells = lines.map(({kind, parts, multiplyAdds, bytes, in: times}) => [
    ...[kind, String(parts), (multiplyAdds / 1e6).toFixed(1), (bytes / 1e6).toFixed(2)],
    ...times.flatMap(({ms, share, gigaflops, ofCeiling, gigabytes}) => [
      ...[ms.toFixed(2), (100 * share).toFixed(1), gigaflops.toFixed(1), (100 * ofCeiling).toFixed(0), gigabytes.toFixed(1)]
    ]),
    (times[0]!.ms / times.at(-1)!.ms).toFixed(2)
  ]);
  const rates = threads.map((count, index) => `${ceilings[index]!.toFixed(1)} in ${count}`).join(", ");
  const setting = `${model}, ${size}x${size}, output stride ${outputStride}, ${isRelaxed ? "relaxed" : "plain"} SIMD`;
  return `${setting}; ceiling: GFLOP/s of ${rates}\n${columns([head, ...cells], 1)}`;
}
