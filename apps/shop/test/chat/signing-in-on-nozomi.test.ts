import { describeSigningIn } from './signing-in-suite.js'

describeSigningIn('nozomi')
