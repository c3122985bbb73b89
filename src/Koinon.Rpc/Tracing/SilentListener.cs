using Koinon.Evm.Tracing;

namespace Koinon.Rpc.Tracing;

/// <summary>Listens and does nothing: for runs that only find out what state is needed.</summary>
internal sealed class SilentListener : TraceListener
{
    /// <summary>The one there needs to be: it remembers nothing.</summary>
    public static SilentListener Instance { get; } = new();
}
