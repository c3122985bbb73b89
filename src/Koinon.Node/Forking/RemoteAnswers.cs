using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Forking;

namespace Koinon.Node.Forking;

/// <summary>What methods ask of the remote chain, with the answers that can never change kept on disk.</summary>
/// <param name="remote">The remote node.</param>
/// <param name="chainId">The remote chain's number.</param>
/// <param name="number">Number of the fork block.</param>
/// <param name="hash">Hash of the fork block.</param>
/// <param name="state">The state after it.</param>
/// <param name="cache">What is known on disk; <see langword="null"/> for none.</param>
/// <param name="block">Says what is wrong where the remote no longer keeps a state.</param>
internal sealed class RemoteAnswers(
    RemoteChain remote,
    ulong chainId,
    ulong number,
    Hash256 hash,
    RemoteState state,
    ForkCache? cache,
    RemoteBlockName block)
    : IRemoteChain
{
    /// <inheritdoc/>
    public ulong ForkNumber => number;

    /// <inheritdoc/>
    public Hash256 ForkHash => hash;

    /// <inheritdoc/>
    public IStateView State => state;

    /// <inheritdoc/>
    public ForkDescription Description =>
        new(remote.Endpoint.ToString(), chainId, number, hash, remote.Options.Backoff);

    /// <inheritdoc/>
    public string? Redirect(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            return "not an address of HTTP, such as http://127.0.0.1:8545";
        }

        remote.Redirect([endpoint]);
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<RpcResult<ReadOnlyMemory<byte>>> AskAsync(
        string method, ReadOnlyMemory<byte> parameters, bool isPinned, CancellationToken cancellation)
    {
        RemoteCall call = new(method, parameters);
        if (isPinned && cache?.FindAnswer(call) is { } known)
        {
            return known;
        }

        RpcResult<ReadOnlyMemory<byte>> answer = await remote.AskAsync(call, cancellation).ConfigureAwait(false);
        if (answer.Error is { } error)
        {
            return RemoteFault.IsMissingState(error)
                ? error with { Message = block.NotKept(error.Message) }
                : error;
        }

        // Null may become something later: a block or transaction that the remote has not seen yet.
        if (isPinned && !answer.Value.Span.SequenceEqual("null"u8))
        {
            cache?.SaveAnswer(call, answer.Value);
        }

        return answer;
    }
}
