import {html} from "htl";

export interface StrideRow {
  readonly name: string;
  /** In the classifier. */
  readonly trainingStride: number;
  readonly stride: number;
  readonly rate: number;
  /** Size of the output as text. */
  readonly size: string;
  /** What is different from the classifier, in words; empty where nothing is. */
  readonly change: string;
}

export interface StrideTable extends HTMLElement {
  update(rows: readonly StrideRow[]): void;
}

/**
 * Layer by layer the stride of the classifier that a backbone comes from, the stride and rate of a run, and the size; changed layers are
 * marked and say why.
 */
export function strideTable({label}: {readonly label: string}): StrideTable {
  const body = html`<tbody></tbody>` as HTMLElement;
  const table = html`<div class="scroll stride-table" role="region" tabindex="0" aria-label=${label}><table>
    <thead><tr><th scope="col">Block</th><th scope="col" class="number">Classifier's stride</th><th scope="col" class="number">Stride here</th>
      <th scope="col" class="number">Rate here</th><th scope="col" class="number">Size</th><th scope="col">What changed</th></tr></thead>
    ${body}
  </table></div>` as StrideTable;
  table.update = (rows) =>
    body.replaceChildren(
      ...rows.map(
        ({name, trainingStride, stride, rate, size, change}) =>
          html`<tr class=${change ? "changed" : ""}>
        <th scope="row">${name}</th><td class="number">${trainingStride}</td><td class="number">${stride}</td><td class="number">${rate}</td>
        <td class="number">${size}</td><td>${change}</td>
      </tr>` as Node
      )
    );
  return table;
}
