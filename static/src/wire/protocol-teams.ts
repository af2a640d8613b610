/** Who answers whom: teams with their skills, and how a person works. */

/** Some of the people who answer, and what they are there for. */
export interface Team {
  id: string;
  name: string;
  skills: Skills;
  /** Ids of agents. */
  members: string[];
  made_at: number;
}
/** An absent list is for any; the lists together are "and", the words of one list "or". */
export interface Skills {
  /** Ids of the sites that it serves. */
  sites?: string[];
  segments?: string[];
  types?: string[];
  /** Tags such as "en" or "pt-BR". */
  languages?: string[];
}
/** How an agent works. */
export interface Work {
  /** How many conversations they answer at once; absent for the usual number, CAPACITY. */
  capacity?: number;
  /** Tags of the languages that they write; absent where nobody has said, which fits any. */
  languages?: string[];
}
