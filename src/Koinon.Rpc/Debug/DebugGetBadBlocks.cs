using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Trace;

namespace Koinon.Rpc.Debug;

/// <summary><c>debug_getBadBlocks</c>: the blocks that were refused; none is kept, so there is none to show.</summary>
public sealed class DebugGetBadBlocks : RpcStreamMethod<NoParameters>
{
    /// <inheritdoc/>
    public override string Name => "debug_getBadBlocks";

    /// <inheritdoc/>
    protected override NoParameters Read(ref ParameterReader reader) => default;

    /// <inheritdoc/>
    protected override ValueTask<RpcResult<RpcStreamBody>> OpenAsync(
        NoParameters parameters, CancellationToken cancellation) => new(EmptyAnswers.List);
}
