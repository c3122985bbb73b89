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

    internal override async ValueTask<RpcError?> InvokeAsync(
        JsonElement parameters, Utf8JsonWriter result, CancellationToken cancellation)
    {
        if (!TryRead(parameters, out TParameters read, out RpcError? error))
        {
            return error;
        }

        RpcResult<TResult> answer = await RunAsync(read, cancellation).ConfigureAwait(false);
        if (answer.Error is not null)
        {
            return answer.Error;
        }

        JsonSerializer.Serialize(result, answer.Value!, ResultType);
        return null;
    }

    private bool TryRead(JsonElement parameters, out TParameters read, out RpcError? error)
    {
        ParameterReader reader = new(parameters);
        read = Read(ref reader);
        error = reader.Finish();
        return error is null;
    }
}
