using System.Text.Json;

namespace Koinon.Rpc.Dispatch;

/// <summary>
/// A method whose result is too long to be held: it is validated first, then written piece by piece while it arises.
/// </summary>
/// <typeparam name="TParameters">What the method reads from its positional parameters.</typeparam>
public abstract class RpcStreamMethod<TParameters> : RpcMethod
{
    /// <summary>
    /// Reads the parameters in their order; the reader keeps the first thing that is wrong with them.
    /// </summary>
    protected abstract TParameters Read(ref ParameterReader reader);

    /// <summary>Checks everything that can be refused, before the first byte of the result is sent.</summary>
    /// <returns>What writes the result, or why there is none.</returns>
    protected abstract ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        TParameters parameters, CancellationToken cancellation);

    internal override RpcMethodShape Describe()
    {
        ParameterReader reader = ParameterReader.Describing(out List<ParameterShape> shapes);
        Read(ref reader);
        return new RpcMethodShape(shapes, ParameterNames.Of(GetType(), typeof(TParameters), shapes), null);
    }

    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        if (!TryRead(parameters, out TParameters read, out RpcError? error))
        {
            return RpcAnswer.Of(error!);
        }

        RpcResult<RpcStreamBody> body = await OpenAsync(read, cancellation).ConfigureAwait(false);
        return body.Error is null ? RpcAnswer.Of(body.Value!) : RpcAnswer.Of(body.Error);
    }

    private bool TryRead(JsonElement parameters, out TParameters read, out RpcError? error)
    {
        ParameterReader reader = new(parameters);
        read = Read(ref reader);
        error = reader.Finish();
        return error is null;
    }
}
