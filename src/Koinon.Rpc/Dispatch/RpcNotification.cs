using System.Buffers;
using System.Text;

namespace Koinon.Rpc.Dispatch;

/// <summary>One event of a subscription.</summary>
/// <param name="Subscription">The id that the caller knows it by.</param>
/// <param name="Result">The event's JSON value in UTF-8; shared by all who are told of it.</param>
public readonly record struct RpcNotification(string Subscription, ReadOnlyMemory<byte> Result)
{
    /// <summary>Writes the message that the caller reads.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.Write("{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\""u8);
        Encoding.UTF8.GetBytes(Subscription, output);
        output.Write("\",\"result\":"u8);
        output.Write(Result.Span);
        output.Write("}}"u8);
    }
}
