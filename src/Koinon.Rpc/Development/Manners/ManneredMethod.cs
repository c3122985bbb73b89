using System.Text.Json;
using Koinon.Rpc.Development.Settings;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Development.Manners;

/// <summary>A method of a development chain: each request is printed, and errors are written in the chain's manner.
/// </summary>
/// <param name="inner">The method.</param>
/// <param name="shape">Writes an error in the chain's manner.</param>
/// <param name="log">What the chain prints.</param>
public sealed class ManneredMethod(RpcMethod inner, Func<RpcError, RpcError> shape, IRequestLog log) : RpcMethod
{
    /// <inheritdoc/>
    public override string Name => inner.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Aliases => inner.Aliases;

    /// <inheritdoc/>
    public override bool IsOrdered => inner.IsOrdered;

    internal override Type Documented => inner.Documented;

    internal override RpcMethodShape Describe() => inner.Describe();

    internal override ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        log.Ask(Name);
        ValueTask<RpcAnswer> answer = inner.InvokeAsync(parameters, connection, cancellation);
        return answer.IsCompletedSuccessfully ? new(Shape(answer.Result)) : ShapeAsync(answer);
    }

    private async ValueTask<RpcAnswer> ShapeAsync(ValueTask<RpcAnswer> answer) =>
        Shape(await answer.ConfigureAwait(false));

    private RpcAnswer Shape(RpcAnswer answer) =>
        answer.Error is { } error ? RpcAnswer.Of(shape(error)) : answer;
}
