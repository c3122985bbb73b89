using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Koinon.Rpc.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>A method with the types of its parameters and of its result.</summary>
/// <typeparam name="TParameters">What the method reads from its positional parameters.</typeparam>
/// <typeparam name="TResult">The result's shape; <see cref="RpcJsonContext"/> knows it.</typeparam>
public abstract class RpcMethod<TParameters, TResult> : RpcMethod
{
    private static readonly JsonTypeInfo<TResult> ResultType =
        (JsonTypeInfo<TResult>)RpcJsonContext.Default.GetTypeInfo(typeof(TResult))!;

    /// <summary>
    /// Reads the parameters in their order; the reader keeps the first thing that is wrong with them.
    /// </summary>
    protected abstract TParameters Read(ref ParameterReader reader);

    /// <summary>Answers one request.</summary>
    protected abstract ValueTask<RpcResult<TResult>> RunAsync(TParameters parameters, CancellationToken cancellation);

    internal override RpcMethodShape Describe()
    {
        ParameterReader reader = ParameterReader.Describing(out List<ParameterShape> shapes);
        Read(ref reader);
        return new RpcMethodShape(
            shapes, ParameterNames.Of(GetType(), typeof(TParameters), shapes), typeof(TResult));
    }

    internal override ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        if (!TryRead(parameters, out TParameters read, out RpcError? error))
        {
            return new(RpcAnswer.Of(error!));
        }

        ValueTask<RpcResult<TResult>> answer = RunAsync(read, cancellation);
        return answer.IsCompletedSuccessfully ? new(AnswerOf(answer.Result)) : WaitAsync(answer);
    }

    private protected static RpcAnswer AnswerOf(in RpcResult<TResult> result) =>
        result.Error is null ? RpcAnswer.Of(result.Value, ResultType) : RpcAnswer.Of(result.Error);

    private protected bool TryRead(JsonElement parameters, out TParameters read, out RpcError? error)
    {
        ParameterReader reader = new(parameters);
        read = Read(ref reader);
        error = reader.Finish();
        return error is null;
    }

    private static async ValueTask<RpcAnswer> WaitAsync(ValueTask<RpcResult<TResult>> answer) =>
        AnswerOf(await answer.ConfigureAwait(false));
}
