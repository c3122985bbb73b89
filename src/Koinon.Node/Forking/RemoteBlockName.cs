using Koinon.Primitives;

namespace Koinon.Node.Forking;

/// <summary>How the fork block is named when its state is asked for.</summary>
/// <param name="number">Its number.</param>
/// <param name="hash">Its hash.</param>
/// <param name="byHash">
/// Whether the remote serves state by the block's hash, which a reorganisation cannot turn into another block's; some
/// serve it by number alone.
/// </param>
/// <param name="age">Says how old the block is now, for people.</param>
internal sealed class RemoteBlockName(ulong number, Hash256 hash, bool byHash, Func<string> age)
{
    /// <summary>The parameter of a state read.</summary>
    public string State { get; } = byHash ? $$"""{"blockHash":"{{hash}}"}""" : RemoteCall.Quantity(number);

    /// <summary>What is said where the remote no longer keeps a state before the fork block.</summary>
    /// <param name="reason">The remote's own words.</param>
    public string NotKept(string reason) =>
        $"fork: the remote node does not keep this state; the fork block {number} is {age()} old: it is not an archive "
        + $"node ({reason})";

    /// <summary>What is said where the remote no longer keeps the state of the fork block.</summary>
    /// <param name="reason">The remote's own words.</param>
    public string Missing(string reason) =>
        $"fork: the remote node does not keep the state of block {number}, which is {age()} old: it is not an archive "
        + $"node; fork at a newer block, or from an archive node ({reason})";
}
