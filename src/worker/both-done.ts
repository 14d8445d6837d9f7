/**
 * What two works come to that go on side by side. When one fails the other is waited for all the same, so that whatever is begun next
 * does not meet it.
 *
 * @throws what the first of them that failed did
 */
export async function bothDone<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}
