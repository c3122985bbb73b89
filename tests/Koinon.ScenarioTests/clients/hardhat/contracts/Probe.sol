// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

import "hardhat/console.sol";

/// Each function fails, or looks at the chain, in one way.
contract Probe {
    event Seen(uint256 indexed number, address who, bytes data);

    uint256 public value;
    address public owner = msg.sender;

    constructor() payable {}

    receive() external payable {}

    function set(uint256 newValue) external payable {
        console.log("set to %s by %s", newValue, msg.sender);
        value = newValue;
        emit Seen(newValue, msg.sender, msg.data);
    }

    function withReason() external {
        value = 1;
        revert("no way");
    }

    function withoutReason() external {
        value = 1;
        revert();
    }

    function withPanic(uint256 divisor) external returns (uint256) {
        return value = 10 / divisor;
    }

    function withAssert() external {
        value = 1;
        assert(value == 2);
    }

    function withInvalid() external {
        value = 1;
        assembly {
            invalid()
        }
    }

    function withArray(uint256[] calldata items, uint256 index) external pure returns (uint256) {
        return items[index];
    }

    function burn() external {
        while (true) value++;
    }

    function onlyOwner() external view {
        require(msg.sender == owner, "only the owner");
    }

    function pay(address payable to) external payable {
        to.transfer(msg.value);
    }

    function context() external view returns (uint256, uint256, uint256, address, uint256, uint256) {
        return (block.number, block.timestamp, block.basefee, block.coinbase, block.prevrandao, block.chainid);
    }

    function hashOf(uint256 number) external view returns (bytes32) {
        return blockhash(number);
    }

    function make(bytes32 salt) external returns (address) {
        return address(new Made{salt: salt}());
    }
}

/// What a probe creates.
contract Made {
    uint256 public constant answer = 42;
}
