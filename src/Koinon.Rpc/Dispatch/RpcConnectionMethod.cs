using System.Text.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>A method that needs a connection on which the caller can be told of something later.</summary>
/// <typeparam name="TParameters">What the method reads from its positional parameters.</typeparam>
/// <typeparam name="TResult">The result's shape.</typeparam>
public abstract class RpcConnectionMethod<TParameters, TResult> : RpcMethod<TParameters, TResult>
{
    private static readonly RpcError NotSupported =
        new(RpcErrorCode.MethodNotFound, "notifications not supported");

    /// <summary>Answers one request.</summary>
    protected abstract RpcResult<TResult> Answer(TParameters parameters, RpcConnection connection);

    /// <inheritdoc/>
    protected sealed override ValueTask<RpcResult<TResult>> RunAsync(
        TParameters parameters, CancellationToken cancellation) => new(NotSupported);

    internal override ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        if (connection is null)
        {
            return new(RpcAnswer.Of(NotSupported));
        }

        return new(TryRead(parameters, out TParameters read, out RpcError? error)
            ? AnswerOf(Answer(read, connection))
            : RpcAnswer.Of(error!));
    }
}
