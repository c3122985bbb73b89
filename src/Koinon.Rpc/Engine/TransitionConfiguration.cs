using Koinon.Primitives;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Engine;

/// <summary>Where proof of work ends, as one side of the Engine API has it.</summary>
/// <param name="TerminalTotalDifficulty">The total difficulty that the last block of proof of work reaches.</param>
/// <param name="TerminalBlockHash">The hash of that block where it was fixed by hand; else zero.</param>
/// <param name="TerminalBlockNumber">Its number where it was fixed by hand; else zero.</param>
internal sealed record TransitionConfiguration(
    Quantity TerminalTotalDifficulty, Hash256 TerminalBlockHash, Quantity TerminalBlockNumber);
