using Koinon.Primitives.Blocks;

namespace Koinon.Rpc.Execution;

/// <summary>A log of a simulated block.</summary>
/// <param name="Log">The log.</param>
/// <param name="Index">Its number in the block; those of failed frames are counted and not shown.</param>
internal readonly record struct NumberedLog(Log Log, int Index);
