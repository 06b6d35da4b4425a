// What Python puts before every bundle, given to the modules that need it: the only one that knows of it.

import { speak } from "./messages.js";
import { adopt } from "./style.js";

speak(WORDS);
STYLES.forEach(adopt);
