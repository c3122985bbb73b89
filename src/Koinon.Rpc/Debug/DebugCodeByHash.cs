using Koinon.Primitives;
using Koinon.Primitives.State;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_codeByHash</c>: the code of a hash; none where no account has it.</summary>
/// <param name="blocks">Finds states.</param>
public sealed class DebugCodeByHash(BlockLookup blocks) : RpcQuery<(Hash256 Hash, BlockReference Block), HexData>
{
    /// <inheritdoc/>
    public override string Name => "debug_codeByHash";

    /// <inheritdoc/>
    protected override (Hash256 Hash, BlockReference Block) Read(ref ParameterReader reader) =>
        (reader.Hash(), reader.BlockOrLatest());

    /// <inheritdoc/>
    protected override RpcResult<HexData> Answer((Hash256 Hash, BlockReference Block) parameters)
    {
        RpcResult<IStateView> state = blocks.RequireState(parameters.Block);
        if (state.Error is not null)
        {
            return state.Error;
        }

        ReadStatus status = state.Value!.ReadCode(parameters.Hash, out ReadOnlyMemory<byte> code);
        return (HexData)(status == ReadStatus.Found ? code : default);
    }
}
