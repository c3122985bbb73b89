using Koinon.Rpc.Dispatch;

namespace Koinon.Node.Tests.Hosting;

/// <summary>A method that answers when the test says so.</summary>
internal sealed class GateMethod(string name, Task gate) : RpcMethod<NoParameters, bool>
{
    public override string Name => name;

    protected override NoParameters Read(ref ParameterReader reader) => default;

    protected override async ValueTask<RpcResult<bool>> RunAsync(
        NoParameters parameters, CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        return true;
    }
}
