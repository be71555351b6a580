/** The dashboard: what the service does, in a browser. It knows only the API that every client has. */
import 'uplot/dist/uPlot.min.css';
import './styles/base.css';
import './styles/parts.css';
import './styles/views.css';
import { render } from 'preact';
import { App } from './app.js';

render(<App />, document.getElementById('app')!);
