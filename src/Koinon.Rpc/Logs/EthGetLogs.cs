using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Logs;

/// <summary><c>eth_getLogs</c>: the logs of a range of blocks, or of one block, that a filter asks for.</summary>
/// <param name="logs">Finds logs.</param>
/// <remarks>
/// What would be too long to answer, or too long to search, is refused with the range that would not be, in words and
/// in <c>error.data</c>.
/// </remarks>
public sealed class EthGetLogs(ChainLogs logs) : RpcAnswerMethod<LogFilter>
{
    /// <inheritdoc/>
    public override string Name => "eth_getLogs";

    /// <inheritdoc/>
    protected override LogFilter Read(ref ParameterReader reader) => reader.Required(LogFilterReader.Read);

    /// <inheritdoc/>
    private protected override ValueTask<RpcAnswer> AnswerAsync(
        LogFilter parameters, CancellationToken cancellation) => logs.FindAsync(parameters, cancellation);
}
