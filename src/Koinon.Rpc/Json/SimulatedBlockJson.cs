using System.Diagnostics.CodeAnalysis;

namespace Koinon.Rpc.Json;

/// <summary>A block of a simulation as answers show it: a block, with what became of its calls.</summary>
public sealed record SimulatedBlockJson : BlockJson
{
    /// <summary>A simulated block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="calls">What became of the calls, in their order.</param>
    [SetsRequiredMembers]
    public SimulatedBlockJson(BlockJson block, IReadOnlyList<SimulatedCallJson> calls)
        : base(block) => Calls = calls;

    /// <summary>What became of the calls, in their order.</summary>
    public IReadOnlyList<SimulatedCallJson> Calls { get; }
}
