"""What waits for somebody who may publish?"""
