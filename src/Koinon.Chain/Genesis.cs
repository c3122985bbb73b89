using System.Diagnostics.CodeAnalysis;
using Koinon.Chain.Networks;
using Koinon.Primitives;
using Koinon.Primitives.Blocks;
using Koinon.State;

namespace Koinon.Chain;

/// <summary>Where a chain begins: its network, its first block and the state after it.</summary>
/// <remarks>Immutable.</remarks>
public sealed class Genesis
{
    /// <summary>A genesis of parts that fit each other.</summary>
    /// <param name="network">The network.</param>
    /// <param name="block">The block of number 0, or wherever the chain begins; it is not verified.</param>
    /// <param name="state">The state after it.</param>
    public Genesis(NetworkParameters network, Block block, WorldState state)
    {
        Schedule = new NetworkSchedule(network);
        Block = block;
        State = state;
    }

    /// <summary>Which rules the network's blocks follow.</summary>
    public NetworkSchedule Schedule { get; }

    /// <summary>The network.</summary>
    public NetworkParameters Network => Schedule.Parameters;

    /// <summary>The first block.</summary>
    public Block Block { get; }

    /// <summary>The state after the first block.</summary>
    public WorldState State { get; }

    /// <summary>
    /// The hash of the first block where its header does not tell: a remote chain's, at which this one forks off.
    /// </summary>
    public Hash256? BlockHash { get; init; }

    /// <summary>The rules of the first block.</summary>
    public ActiveRules Rules => Schedule.At(Block.Header.Number, Block.Header.Timestamp, UInt256.Zero);

    /// <summary>Reads a genesis in the form of geth's <c>genesis.json</c>.</summary>
    /// <param name="json">UTF-8 text.</param>
    /// <param name="genesis">The genesis where the text is one.</param>
    /// <param name="error">Which field is wrong and why, where it is not.</param>
    /// <remarks>
    /// Numbers may be JSON numbers, decimal strings or hexadecimal strings; names of fields in any case, as geth reads
    /// them; addresses of <c>alloc</c> with or without <c>0x</c>. The header gets the fields of the active forks.
    /// </remarks>
    public static bool TryParse(
        ReadOnlyMemory<byte> json,
        [NotNullWhen(true)] out Genesis? genesis,
        [NotNullWhen(false)] out GenesisError? error) =>
        GenesisReader.TryRead(json, network: null, out genesis, out error);

    /// <summary>Reads a genesis whose text says nothing of the network.</summary>
    /// <param name="json">UTF-8 text; a <c>config</c> in it is not read.</param>
    /// <param name="network">The network.</param>
    /// <param name="genesis">The genesis where the text is one.</param>
    /// <param name="error">Which field is wrong and why, where it is not.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> json,
        NetworkParameters network,
        [NotNullWhen(true)] out Genesis? genesis,
        [NotNullWhen(false)] out GenesisError? error) => GenesisReader.TryRead(json, network, out genesis, out error);
}
