import { isBeside } from './program-names.ts'

/** Where a forge, or whoever builds, looks for what it is to run; and what such files call, by its name. */
const names =
  /(?:^|\/)(?:\.github\/(?:workflows\/[^/]+|actions\/.+)\.ya?ml|(?:[^/]*\.)?gitlab-ci\.ya?ml|\.gitlab\/.+\.ya?ml|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.ya?ml|\.circleci\/.+\.ya?ml|\.(?:drone|travis|cirrus)\.ya?ml|\.woodpecker(?:\/.+)?\.ya?ml|cloudbuild[^/]*\.ya?ml|buildspec[^/]*\.ya?ml|[Tt]askfile[^/]*\.ya?ml|Jenkinsfile[^/]*|(?:GNUm|M|m)akefile|[^/]+\.(?:mk|sh|bash)|\.?[Jj]ustfile|[^/]*playbook[^/]*\.ya?ml|(?:tasks|handlers|playbooks)\/.+\.ya?ml)$/

/** Whether a file is run by a pipeline, by `make` or by a shell, by its name. */
export function isPipeline(path: string): boolean {
  return names.test(path) && !isBeside(path)
}

/** Whether a file stands for all of its repository, and not for the folder in which it lies. */
export function isOfRepository(path: string): boolean {
  return !/(?:akefile|\.mk|[Jj]ustfile|[Tt]askfile[^/]*)$/.test(path)
}
