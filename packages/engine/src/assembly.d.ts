// The types of AssemblyScript that assembly/abi.ts and assembly/limits.ts are written in, as TypeScript reads them.

declare type u32 = number;
declare type i32 = number;
declare type f64 = number;
