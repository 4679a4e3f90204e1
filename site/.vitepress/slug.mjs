/**
 * A heading's anchor, as GitHub makes it, so that links between the pages are the same there and here.
 * @param {string} heading its text without marks
 */
export function slug(heading) {
  return encodeURIComponent(
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}
