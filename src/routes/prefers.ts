/** Which of two forms an Accept header asks for. */

/** Whether `wanted` is named, and JSON is not wanted more. */
export function prefers(wanted: string, accept = ''): boolean {
  const quality = new Map(
    accept.split(',').map((range) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [type, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  const share = quality.get(wanted) ?? 0;
  return share > 0 && share >= (quality.get('application/json') ?? 0);
}
