namespace Koinon.Rpc.Dispatch;

/// <summary>A method that waits for nothing: it reads the chain, or calculates.</summary>
/// <typeparam name="TParameters">What the method reads from its positional parameters.</typeparam>
/// <typeparam name="TResult">The result's shape.</typeparam>
public abstract class RpcQuery<TParameters, TResult> : RpcMethod<TParameters, TResult>
{
    /// <summary>Answers one request.</summary>
    protected abstract RpcResult<TResult> Answer(TParameters parameters);

    /// <inheritdoc/>
    protected sealed override ValueTask<RpcResult<TResult>> RunAsync(
        TParameters parameters, CancellationToken cancellation) => new(Answer(parameters));
}
