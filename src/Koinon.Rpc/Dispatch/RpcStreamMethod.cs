namespace Koinon.Rpc.Dispatch;

/// <summary>
/// A method whose result is too long to be held: it is validated first, then written piece by piece while it arises.
/// </summary>
/// <typeparam name="TParameters">What the method reads from its positional parameters.</typeparam>
public abstract class RpcStreamMethod<TParameters> : RpcAnswerMethod<TParameters>
{
    /// <summary>Checks everything that can be refused, before the first byte of the result is sent.</summary>
    /// <returns>What writes the result, or why there is none.</returns>
    protected abstract ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        TParameters parameters, CancellationToken cancellation);

    private protected sealed override async ValueTask<RpcAnswer> AnswerAsync(
        TParameters parameters, CancellationToken cancellation)
    {
        RpcResult<RpcStreamBody> body = await OpenAsync(parameters, cancellation).ConfigureAwait(false);
        return body.Error is null ? RpcAnswer.Of(body.Value!) : RpcAnswer.Of(body.Error);
    }
}
