using System.Text.Json;
using Koinon.Rpc.Dispatch;

namespace Koinon.Rpc.Forking;

/// <summary>A method about the state after a block: below the fork block the remote has it.</summary>
/// <param name="local">Answers for the local chain.</param>
/// <param name="place">Knows the sides.</param>
/// <param name="index">Which parameter names the block.</param>
internal sealed class ForkedStateMethod(RpcMethod local, ForkPlace place, int index) : ForkedMethod(local, place)
{
    internal override async ValueTask<RpcAnswer> InvokeAsync(
        JsonElement parameters, RpcConnection? connection, CancellationToken cancellation)
    {
        RpcResult<(ForkSide Side, string Parameter)> found = await Place.FindAsync(At(parameters, index), cancellation)
            .ConfigureAwait(false);
        return found.Error is { } error ? RpcAnswer.Of(error)
            : found.Value.Side == ForkSide.Remote
                ? await PassAsync(ForkPlace.With(parameters, index, found.Value.Parameter), cancellation)
                    .ConfigureAwait(false)
                : await Local.InvokeAsync(parameters, connection, cancellation).ConfigureAwait(false);
    }
}
