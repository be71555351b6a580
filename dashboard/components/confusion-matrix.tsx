/** Which classes are taken for which: actual by row, predicted by column, shaded by the share of the row. */
import { Scroll } from './scroll.js';

export interface ConfusionMatrixProps {
  counts: number[][];
  classes: string[];
}

export function ConfusionMatrix({ counts, classes }: ConfusionMatrixProps) {
  return (
    <Scroll label="Confusion matrix">
      <table class="confusion numeric">
        <caption>Actual class by row, predicted by column</caption>
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, actual) => {
            const total = row.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={classes[actual]}>
                <th scope="row">{classes[actual]}</th>
                {row.map((count, predicted) => (
                  <td
                    key={classes[predicted]}
                    class={actual === predicted ? 'right' : 'wrong'}
                    style={{ '--share': total ? count / total : 0 }}
                  >
                    {count}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
