using Koinon.Primitives.Blocks;

namespace Koinon.Evm.Tracing;

/// <summary>A log as the call tracer remembers it.</summary>
/// <param name="Log">The log.</param>
/// <param name="Index">Its number in the transaction, from 0.</param>
/// <param name="Position">How many calls its frame had made before it.</param>
public readonly record struct LogTrace(Log Log, int Index, int Position);
