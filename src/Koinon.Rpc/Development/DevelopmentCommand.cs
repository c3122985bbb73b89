using Koinon.Rpc.Development.Manners;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development;

/// <summary>A development method with nothing to say: it answers null in anvil's manner, true in Hardhat's.</summary>
/// <typeparam name="TParameters">What the method reads from its positional parameters.</typeparam>
/// <param name="manner">Whose manners the chain has.</param>
public abstract class DevelopmentCommand<TParameters>(Manner manner) : RpcMethod<TParameters, bool?>
{
    /// <summary>Whose manners the chain has.</summary>
    protected Manner Manner => manner;

    /// <summary>Does what is asked.</summary>
    /// <returns>Why it was not done, or <see langword="null"/>.</returns>
    protected abstract ValueTask<RpcError?> DoAsync(TParameters parameters, CancellationToken cancellation);

    /// <inheritdoc/>
    protected sealed override async ValueTask<RpcResult<bool?>> RunAsync(
        TParameters parameters, CancellationToken cancellation)
    {
        RpcError? error = await DoAsync(parameters, cancellation).ConfigureAwait(false);
        return error is not null ? error : new RpcResult<bool?>(manner == Manner.Hardhat ? true : null);
    }
}
