// Biome formats and lints. ESLint adds the four rules that need types and that Biome misses: above all, it finds a change
// sent to AWS whose promise nobody awaits.
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/cdk.out/**', '**/coverage/**', '**/fixtures/**'] },
  {
    files: ['bin/**/*.ts', 'lib/**/*.ts', 'lambdas/**/*.ts', 'test/**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      // One program for all files: the project service makes one as an editor does, which costs a third more.
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
);
