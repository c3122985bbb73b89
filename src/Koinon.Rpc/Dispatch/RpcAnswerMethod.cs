using System.Text.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>A method that says itself how its result is written: whole, or piece by piece.</summary>
/// <typeparam name="TParameters">What the method reads from its positional parameters.</typeparam>
public abstract class RpcAnswerMethod<TParameters> : RpcMethod
{
    /// <summary>
    /// Reads the parameters in their order; the reader keeps the first thing that is wrong with them.
    /// </summary>
    protected abstract TParameters Read(ref ParameterReader reader);

    private protected abstract ValueTask<RpcAnswer> AnswerAsync(
        TParameters parameters, CancellationToken cancellation);

    internal override RpcMethodShape Describe()
    {
        ParameterReader reader = ParameterReader.Describing(out List<ParameterShape> shapes);
        Read(ref reader);
        return new RpcMethodShape(shapes, ParameterNames.Of(GetType(), typeof(TParameters), shapes), null);
    }

    internal sealed override ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        ParameterReader reader = new(parameters);
        TParameters read = Read(ref reader);
        return reader.Finish() is { } error ? new(RpcAnswer.Of(error)) : AnswerAsync(read, cancellation);
    }
}
