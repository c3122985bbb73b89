using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Forking;

/// <summary>The chain from which another one forks off, as its methods see it: a node that answers JSON-RPC.</summary>
public interface IRemoteChain
{
    /// <summary>Number of the block at which the chain forks off: the last that both have.</summary>
    ulong ForkNumber { get; }

    /// <summary>Hash of that block.</summary>
    Hash256 ForkHash { get; }

    /// <summary>The state after that block, as far as it is known here.</summary>
    IStateView State { get; }

    /// <summary>Where the chain forks off, for those who ask.</summary>
    ForkDescription Description { get; }

    /// <summary>Asks a node at another address from now on.</summary>
    /// <param name="address">The address.</param>
    /// <returns>What is wrong with it, or <see langword="null"/>.</returns>
    string? Redirect(string address);

    /// <summary>Asks the remote node.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">The array of parameters, as JSON in UTF-8.</param>
    /// <param name="isPinned">
    /// Whether the answer is about what can never change, at or below the fork block: then it may be kept.
    /// </param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The result as JSON, the remote's error, or one that says why the remote cannot be asked.</returns>
    ValueTask<RpcResult<ReadOnlyMemory<byte>>> AskAsync(
        string method, ReadOnlyMemory<byte> parameters, bool isPinned, CancellationToken cancellation);
}
