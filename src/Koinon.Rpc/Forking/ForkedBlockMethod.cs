using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Forking;

/// <summary>A method about a block: up to and with the fork block the remote has it, whatever is in it.</summary>
/// <param name="local">Answers for the local chain.</param>
/// <param name="place">Knows the sides.</param>
/// <remarks>The first parameter names the block.</remarks>
internal sealed class ForkedBlockMethod(RpcMethod local, ForkPlace place) : ForkedMethod(local, place)
{
    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        JsonElement block = At(parameters, 0);
        if (block.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
        }

        RpcResult<(ForkSide Side, string Parameter)> found = await Place.FindAsync(block, cancellation)
            .ConfigureAwait(false);
        return found.Error is { } error ? RpcAnswer.Of(error)
            : found.Value.Side == ForkSide.Local
                ? await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false)
                : await PassAsync(ForkPlace.With(parameters, 0, found.Value.Parameter), cancellation)
                    .ConfigureAwait(false);
    }
}
