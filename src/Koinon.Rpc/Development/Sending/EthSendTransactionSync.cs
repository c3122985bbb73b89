using Koinon.Primitives;
using Koinon.Rpc.Dispatch;
using Koinon.Rpc.Eth;
using Koinon.Rpc.Json;
using Koinon.Rpc.Requests;

namespace Koinon.Rpc.Development.Sending;

/// <summary>
/// <c>eth_sendTransactionSync</c>: sends as <c>eth_sendTransaction</c> does, and answers with the receipt.
/// </summary>
/// <param name="sending">Sends.</param>
/// <param name="receipts">Waits for receipts.</param>
public sealed class EthSendTransactionSync(EthSendTransaction sending, ReceiptWait receipts)
    : RpcMethod<CallRequest, ReceiptJson>
{
    /// <inheritdoc/>
    public override string Name => "eth_sendTransactionSync";

    /// <inheritdoc/>
    protected override CallRequest Read(ref ParameterReader reader) => reader.Required(CallRequestReader.Read);

    /// <inheritdoc/>
    protected override async ValueTask<RpcResult<ReceiptJson>> RunAsync(
        CallRequest parameters, CancellationToken cancellation)
    {
        RpcResult<Hash256> sent = await sending.SendAsync(parameters, cancellation).ConfigureAwait(false);
        return sent.Error is not null
            ? sent.Error
            : await receipts.WaitAsync(sent.Value, null, cancellation).ConfigureAwait(false);
    }
}
