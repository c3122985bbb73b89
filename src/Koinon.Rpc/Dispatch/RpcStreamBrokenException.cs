namespace Koinon.Rpc.Dispatch;

/// <summary>
/// A streamed answer could not be finished after a piece of it was sent: the transport ends the connection, since half
/// a value must not look like a whole one.
/// </summary>
/// <param name="message">Why.</param>
/// <param name="inner">What the method threw, if it did.</param>
public sealed class RpcStreamBrokenException(string message, Exception? inner = null) : Exception(message, inner);
