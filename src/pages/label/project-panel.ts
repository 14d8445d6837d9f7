import {html} from "htl";
import {selectField} from "../../components/fields/fields.js";
import type {Sample} from "../../data/samples/samples.js";
import type {Project} from "../../labelling/project.js";

export interface ProjectPanel {
  readonly element: HTMLElement;
  /** @param projects all there are, the open one among them */
  update(project: Project, projects: readonly Project[]): void;
}

const NONE = "";

/** Which project is open, what it is called, and samples to bring into it. */
export function projectPanel(options: {
  readonly samples: readonly Sample[];
  onProject(id: string): void;
  onNew(): void;
  onTitle(title: string): void;
  onDelete(): void;
  onSample(id: string): void;
  /** The open photo is to leave the project. */
  onRemovePhoto(): void;
}): ProjectPanel {
  const {samples, onProject, onNew, onTitle, onDelete, onSample, onRemovePhoto} = options;
  const choice = selectField({label: "Project", choices: [], value: "", onChange: onProject});
  const title =
    html`<input type="text" autocomplete="off" onchange=${() => title.value.trim() && onTitle(title.value.trim())} />` as HTMLInputElement;
  const sample = selectField({
    label: "Add a sample",
    choices: [{value: NONE, label: "Choose …"}, ...samples.map(({id, title: label}) => ({value: id, label}))],
    value: NONE,
    onChange(id) {
      sample.show(NONE);
      if (id !== NONE) onSample(id);
    }
  });
  const removePhoto = html`<button type="button" onclick=${onRemovePhoto}>Remove this photo</button>` as HTMLButtonElement;
  const sure = html`<button type="button" class="danger" onclick=${() => {
    sure.hidden = true;
    onDelete();
  }}>Delete it with all its labels</button>` as HTMLButtonElement;
  sure.hidden = true;
  const remove = html`<button type="button" onclick=${() => (sure.hidden = !sure.hidden)}>Delete project</button>` as HTMLButtonElement;
  return {
    element: html`<section class="panel controls project-panel"><h2>Project</h2>
      ${choice}<label class="field"><span class="field-name">Title</span>${title}</label>${sample}
      <div class="exports">${removePhoto}<button type="button" onclick=${onNew}>New project</button>${remove}${sure}</div>
    </section>` as HTMLElement,
    update(project, projects) {
      choice.offer(
        projects.map(({id, title: label, photos}) => ({value: id, label: `${label} (${photos.length})`})),
        project.id
      );
      choice.hidden = projects.length < 2;
      if (document.activeElement !== title) title.value = project.title;
      removePhoto.disabled = project.photos.length === 0;
      sure.textContent = `Delete “${project.title}” with all its labels`;
    }
  };
}
