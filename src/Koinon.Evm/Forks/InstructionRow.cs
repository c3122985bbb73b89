namespace Koinon.Evm.Forks;

/// <summary>What one opcode costs and needs under a fork.</summary>
/// <param name="Gas">The part of its cost that does not depend on operands or state.</param>
/// <param name="StackMin">Words the stack must hold before it.</param>
/// <param name="StackGrowth">Words the stack gains; negative where it loses some.</param>
/// <param name="IsDefined">Whether the fork knows the opcode.</param>
public readonly record struct InstructionRow(ushort Gas, byte StackMin, sbyte StackGrowth, bool IsDefined);
